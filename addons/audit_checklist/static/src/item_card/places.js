/** The address that opens a place, or what is searched for there, in the map app. */
export function geoLink(place, goal = place) {
    return `geo:${place}?q=${encodeURIComponent(goal)}`;
}
