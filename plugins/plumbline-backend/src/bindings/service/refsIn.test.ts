import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { proofReasons } from '../resolve/proofReasons';
import { hideRefs, refsIn } from './refsIn';

const foreign = 'component:default/foreign-1.x' as EntityRef;
const own = 'component:default/own' as EntityRef;

describe('hideRefs', () => {
  const hide = (sentence: string) => hideRefs(sentence, ref => ref === own);

  it('takes the names of hidden entities out of every stored sentence', () => {
    expect(
      [
        proofReasons.taggedForOther('plumbline:entity', foreign),
        proofReasons.lost(foreign),
        proofReasons.contestedAccount('aws.com/account', [foreign, own]),
        proofReasons.strangerTag('plumbline:entity', foreign),
      ].map(hide),
    ).toEqual([
      "The resource's tag plumbline:entity names another entity, and its cost counts there; correct the tag or remove the claim.",
      'Another entity has the more specific or older link, and the cost counts there; correct one of the two.',
      `The annotation aws.com/account claims the rest of the account, and so do another entity and ${own}, so nobody gets it; let each name its resources, or give the account to one entity in plumbline.bindings.map.`,
      " Its tag plumbline:entity says 'another entity', which is no Component or Resource of this catalog.",
    ]);
  });

  it('leaves alone what may be seen, and what is no reference', () => {
    const tagged = proofReasons.tagged('plumbline:entity', own);
    expect(hide(tagged)).toBe(tagged);
    expect(refsIn(tagged)).toEqual([own]);
    const arn =
      'arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/x and https://example.org/x';
    expect(hide(arn)).toBe(arn);
  });
});
