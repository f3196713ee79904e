export const profilesEvents = {};
