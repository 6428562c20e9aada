import { render, screen } from '@testing-library/react';
import { ChartBoundary } from './ChartBoundary';

function Broken(): never {
  throw new Error('Loading chunk 7 failed');
}

it('says that the chart is missing and leaves the rest of the page alone', () => {
  jest.spyOn(console, 'error').mockImplementation(() => {});
  render(
    <>
      <ChartBoundary>
        <Broken />
      </ChartBoundary>
      <p>The tables</p>
    </>,
  );
  expect(screen.getByText(/The chart could not be loaded/)).toBeInTheDocument();
  expect(screen.getByText('The tables')).toBeInTheDocument();
});
