import { ANNOTATIONS } from '@plumbline/backstage-plugin-plumbline-common';
import { parseArn } from '../claims/parseArn';

/** The annotation that names a resource on an entity: the one its cloud has for it, else Plumbline's own. */
export function annotationFor(resourceId: string): {
  key: string;
  value: string;
} {
  return {
    key: parseArn(resourceId) ? ANNOTATIONS.awsArn : ANNOTATIONS.resourceIds,
    value: resourceId,
  };
}
