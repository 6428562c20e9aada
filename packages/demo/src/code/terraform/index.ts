export {
  lambdaRoleModule,
  networkPreamble,
  s3EndpointAssociation,
} from './handWritten';
export { formatHcl } from './formatHcl';
export { stackFiles } from './stack';
export { serviceOf } from './lambda';
