import { describeResourceId, placeText, seriesLabel } from '.';

describe('describeResourceId', () => {
  it.each([
    [
      'arn:aws:lambda:eu-central-1:418273950162:function:payments-api-prod',
      'payments-api-prod',
      'Lambda function',
    ],
    [
      'arn:aws:logs:eu-central-1:418273950162:log-group:/aws/lambda/payments-api-prod:*',
      '/aws/lambda/payments-api-prod',
      'Log group',
    ],
    [
      'arn:aws:dynamodb:eu-central-1:418273950162:table/orders/index/by-day',
      'orders/index/by-day',
      'DynamoDB table',
    ],
    ['arn:aws:sqs:eu-central-1:418273950162:orders', 'orders', 'SQS queue'],
    ['arn:aws:s3:::larkspur/images', 'larkspur/images', 'S3 bucket'],
    [
      'arn:aws:apigateway:eu-central-1::/apis/d9fea8cc64',
      'd9fea8cc64',
      'API Gateway API',
    ],
    [
      'arn:aws:glue:eu-central-1:418273950162:job/nightly',
      'nightly',
      'glue job',
    ],
    [
      '/subscriptions/4e8b/resourcegroups/rg/providers/microsoft.web/sites/campaign-hooks',
      'campaign-hooks',
      'App Service app',
    ],
    [
      '/subscriptions/4e8b/resourceGroups/rg/providers/Microsoft.Sql/servers/books',
      'books',
      'Microsoft.Sql/servers',
    ],
    [
      '//storage.googleapis.com/projects/_/buckets/reco-models',
      'reco-models',
      'Cloud Storage bucket',
    ],
    ['larkspur-product-images', 'larkspur-product-images', undefined],
    ['/subscriptions/4e8b', '4e8b', undefined],
    ['arn:', 'arn:', undefined],
    ['', 'Charges without a resource', undefined],
  ])('reads %s as %s', (id, name, type) => {
    expect(describeResourceId(id)).toEqual({ name, type });
  });
});

describe('seriesLabel', () => {
  const arn = 'arn:aws:sqs:eu-central-1:418273950162:orders';

  it('keeps a label that the server gave', () => {
    expect(seriesLabel({ key: arn, label: 'Orders' })).toBe('Orders');
    expect(seriesLabel({ key: 'AWS Lambda', label: 'AWS Lambda' })).toBe(
      'AWS Lambda',
    );
  });

  it('makes an id readable, and names what was folded together', () => {
    expect(seriesLabel({ key: arn, label: arn })).toBe('orders');
    expect(seriesLabel({ key: 'other', label: 'other' })).toBe(
      'Everything else',
    );
  });
});

it('leaves out what is not known of a place', () => {
  expect(placeText('SQS queue', undefined, '', 'eu-central-1')).toBe(
    'SQS queue \u00b7 eu-central-1',
  );
});
