import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { visuallyHidden } from '../../lib/visuallyHidden';
import { ReactNode } from 'react';

/** One column of a {@link DataTable}. @public */
export interface DataColumn<T> {
  id: string;
  title: string;
  render(row: T): ReactNode;
  /** CSS width on wide screens. */
  width?: string | number;
}

/** Props of {@link DataTable}. @public */
export interface DataTableProps<T> {
  /** What the table holds; read out, not shown. */
  caption: string;
  columns: DataColumn<T>[];
  rows: readonly T[];
  rowKey(row: T): string | number;
  /** Rows that need to be seen. */
  isMarked?(row: T): boolean;
}

/** Width of the table's own space, in pixels, below which rows become cards. */
const NARROW = 640;

/**
 * With little space (a phone, a card beside others) each row becomes a card;
 * the roles keep it a table.
 */
const STACKED = {
  [`@container (max-width: ${NARROW}px)`]: {
    '&, & tbody, & tr, & td': { display: 'block', width: '100%' },
    '& thead': visuallyHidden,
    '& tr': {
      border: 1,
      borderColor: 'divider',
      borderRadius: 1,
      mb: 1.5,
      py: 0.5,
    },
    '& td': { border: 0, py: 0.5, px: 1.5 },
    '& td::before': {
      content: 'attr(data-title)',
      display: 'block',
      color: 'text.secondary',
      typography: 'caption',
    },
  },
};

/** The one table of the suite. @public */
export function DataTable<T>(props: DataTableProps<T>) {
  const { caption, columns, rows, rowKey, isMarked } = props;
  return (
    <Box sx={{ overflowX: 'auto', containerType: 'inline-size' }}>
      <Table size="small" role="table" sx={STACKED}>
        <Box component="caption" sx={visuallyHidden}>
          {caption}
        </Box>
        <TableHead role="rowgroup">
          <TableRow role="row">
            {columns.map(column => (
              <TableCell
                key={column.id}
                role="columnheader"
                sx={{ width: column.width, wordBreak: 'normal' }}
              >
                {column.title}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody role="rowgroup">
          {rows.map(row => {
            const marked = isMarked?.(row) ?? false;
            return (
              <TableRow
                key={rowKey(row)}
                role="row"
                hover
                aria-current={marked || undefined}
                sx={{
                  bgcolor: 'transparent',
                  ...(marked && {
                    outline: 2,
                    outlineColor: 'error.main',
                    outlineOffset: -2,
                  }),
                }}
              >
                {columns.map(column => (
                  <TableCell
                    key={column.id}
                    role="cell"
                    data-title={column.title}
                    sx={{
                      verticalAlign: 'top',
                      overflowWrap: 'break-word',
                      // The theme breaks words anywhere, which starves columns.
                      wordBreak: 'normal',
                      lineHeight: 1.5,
                      width: column.width,
                    }}
                  >
                    {column.render(row)}
                  </TableCell>
                ))}
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </Box>
  );
}
