import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { DataColumn, DataTable, StatusChip } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import { FlatStep, flattenTree, StepNode } from '../../lib/steps';
import { sopTranslationRef } from '../../translation';

/** The steps as a table: the same as the diagram, and its conditions in full. */
export function StepTable(props: { tree: readonly StepNode[]; name: string }) {
  const { tree, name } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const rows = flattenTree(tree);
  const names = new Map(rows.map(({ node }) => [node.id, node.name]));
  const hasStatus = rows.some(({ node }) => node.status);

  const roleName = (role: string) => {
    if (role === 'initiator') {
      return t('role.initiator');
    }
    if (role === 'target') {
      return t('role.target');
    }
    return role === 'target-owner' ? t('role.targetOwner') : role;
  };
  const notes = ({ node, branch }: FlatStep) =>
    [
      branch && t('diagram.branch', { name: branch }),
      node.condition && t('diagram.condition', { condition: node.condition }),
      node.undo && t('diagram.undo', { name: node.undo }),
      node.returnTo &&
        t('diagram.returnTo', {
          name: names.get(node.returnTo) ?? node.returnTo,
        }),
    ].filter(Boolean);

  const columns: (DataColumn<FlatStep> | false)[] = [
    {
      id: 'step',
      title: t('diagram.step'),
      width: '32%',
      render: ({ node, depth }) => (
        <Box sx={{ pl: depth * 2 }}>{node.name}</Box>
      ),
    },
    hasStatus && {
      id: 'status',
      title: t('diagram.status'),
      render: ({ node }) => <StatusChip status={node.status ?? 'pending'} />,
    },
    {
      id: 'type',
      title: t('diagram.type'),
      render: ({ node }) => t(`stepType.${node.type}`),
    },
    {
      id: 'who',
      title: t('diagram.who'),
      render: ({ node }) =>
        node.action ?? (node.role ? roleName(node.role) : t('common.none')),
    },
    {
      id: 'evidence',
      title: t('diagram.evidence'),
      render: ({ node }) => node.evidence.join(', ') || t('common.none'),
    },
    {
      id: 'notes',
      title: t('diagram.notes'),
      render: row => notes(row).join('; ') || t('common.none'),
    },
  ];
  return (
    <DataTable
      caption={t('diagram.caption', { name })}
      rows={rows}
      rowKey={row => row.node.id}
      columns={columns.filter(column => column !== false)}
    />
  );
}
