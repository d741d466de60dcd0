/** Where shots of a place are kept on the device. */
export const shotsPlace = (place: string): string => `${place}#shots`;
