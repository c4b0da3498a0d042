export * from './DeclareButton';
export * from './SeverityField';
