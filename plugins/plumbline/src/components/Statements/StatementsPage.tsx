import { Route, Routes } from 'react-router-dom';
import { MonthsList } from './MonthsList';
import { MonthStatement } from './MonthStatement';

/** Statements: the list of billing months, and each closed one. */
export function StatementsPage() {
  return (
    <Routes>
      <Route path="/" element={<MonthsList />} />
      <Route path=":month" element={<MonthStatement />} />
    </Routes>
  );
}
