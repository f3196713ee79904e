export const tendersEvents = {};
