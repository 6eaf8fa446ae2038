import { onWillUnmount } from "@odoo/owl";

/** Addresses under which a screen shows photos: of this phone, or of the server. */
export function usePhotoUrls(model) {
    const urls = new Map();
    onWillUnmount(() => urls.forEach((url) => URL.revokeObjectURL(url)));
    return {
        of(photo) {
            if (!photo.blob) {
                return model.photoUrl(photo);
            }
            if (!urls.has(photo.uuid)) {
                urls.set(photo.uuid, URL.createObjectURL(photo.blob));
            }
            return urls.get(photo.uuid);
        },
    };
}
