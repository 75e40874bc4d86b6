/** How often a test repeats a random case: `few` in `npm test`, `many` in `npm run test:faults`. */
export const rounds = (few: number, many: number): number => (process.env.TEST_LONG ? many : few)
