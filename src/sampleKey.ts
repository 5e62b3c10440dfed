/** What a sample group's push address ends in. */
export const sampleKey = (group: { code: string }): string => `sample-${group.code}`;
