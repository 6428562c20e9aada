import { parseProposalBody } from './parseProposalBody';

describe('parseProposalBody', () => {
  it('gives each id once', () => {
    expect(parseProposalBody({ suggestionIds: ['7', '3', '7'] })).toEqual([
      7, 3,
    ]);
  });

  it('refuses what no id is', () => {
    for (const id of ['9999999999', 'x']) {
      expect(() => parseProposalBody({ suggestionIds: [id] })).toThrow(id);
    }
  });
});
