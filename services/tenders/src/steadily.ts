/**
 * Gives the work's result no sooner than after so many milliseconds: below that nobody can tell by waiting how much there was to do. A
 * failure is told at once.
 */
export const steadily = async <Result>(milliseconds: number, work: Promise<Result>): Promise<Result> => {
  const [result] = await Promise.all([work, new Promise((resolve) => setTimeout(resolve, milliseconds))]);
  return result;
};
