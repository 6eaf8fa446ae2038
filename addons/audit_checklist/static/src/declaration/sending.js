/**
 * Sends forms to the server one after the other. What is no JSON (a log-in page, a
 * proxy's error, no answer at all) is no answer: whoever asked keeps what he has.
 */
export class Sender {
    constructor(path, token) {
        this.path = path;
        this.token = token;
        this.last = Promise.resolve();
    }

    /**
     * Return what the server says, or null where it did not answer. What was asked
     * first arrives first; `onProgress` is told the share that was sent.
     */
    send(path, fields, onProgress = null) {
        const sent = this.last.then(() => this._post(path, fields, onProgress));
        this.last = sent;
        return sent;
    }

    _post(path, fields, onProgress) {
        const form = new FormData();
        form.append("csrf_token", this.token);
        for (const [name, value] of Object.entries(fields)) {
            form.append(name, value);
        }
        const request = new XMLHttpRequest();
        request.open("POST", `${this.path}/${path}`);
        request.responseType = "json";
        return new Promise((resolve) => {
            request.upload.addEventListener("progress", (event) => {
                if (onProgress && event.lengthComputable) {
                    onProgress(event.loaded / event.total);
                }
            });
            // Whatever happened: an answer is there, or it is not.
            request.addEventListener("loadend", () => resolve(request.response));
            request.send(form);
        });
    }
}
