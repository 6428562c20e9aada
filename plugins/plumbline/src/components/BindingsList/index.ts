export { BindingsList } from './BindingsList';
