export const sandboxEvents = {};
