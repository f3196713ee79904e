export const identityEvents = {};
