import type { CostCoverage } from '@plumbline/backstage-plugin-plumbline-common';

/** `3 of 4 resources appear in the bill`. */
export function coverageText(coverage: CostCoverage): string {
  const { resourcesBound, resourcesBilled } = coverage;
  if (resourcesBound === 0) {
    return 'No resource is linked yet';
  }
  if (resourcesBound === 1) {
    return resourcesBilled === 1
      ? 'Its one resource appears in the bill'
      : 'Its one resource does not appear in the bill';
  }
  if (resourcesBilled === resourcesBound) {
    return `All ${resourcesBound} resources appear in the bill`;
  }
  return `${resourcesBilled} of ${resourcesBound} resources appear in the bill`;
}
