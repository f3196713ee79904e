export const matchingEvents = {};
