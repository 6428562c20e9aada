export {
  bookCalls,
  clientSettings,
  IN_EACH_ATTEMPT,
  type AwsPlace,
} from './client';
export { AwsAccessError, AwsReadError } from './errors';
export { readPages } from './pages';
export type { AwsQuestion, AwsService } from './service';
