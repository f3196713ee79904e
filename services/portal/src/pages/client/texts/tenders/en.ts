/** The texts of the pages for tenders and bids. */
export const texts = {
  'sum-of-weights': 'Sum of the weights: {{sum}} %',
} as const;
