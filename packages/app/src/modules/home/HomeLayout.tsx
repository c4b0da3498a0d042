import { Content } from '@backstage/core-components';
import { HomePageLayoutProps } from '@backstage/plugin-home-react/alpha';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

type Widget = HomePageLayoutProps['widgets'][number];

/** Widgets below each other, as wide as the widest of them. */
type Stack = { column: number; width: number; widgets: Widget[] };

/** Stacks beside each other. */
type Band = Stack[];

const COLUMNS = 12;

/**
 * Widgets of the same column are stacked, so that a low one leaves no hole
 * beside a high one; a widget over the whole width ends the stacks above it. A
 * widget that is not installed is left out. Without a configuration all are
 * shown, two in a row.
 */
function arrange({ widgets, defaultConfig }: HomePageLayoutProps): Band[] {
  const places =
    defaultConfig ??
    widgets.map((widget, index) => ({
      component: widget.name ?? widget.node.spec.id,
      row: Math.floor(index / 2),
      column: (index % 2) * (COLUMNS / 2),
      width: COLUMNS / 2,
    }));

  const bands: Band[] = [];
  let isOpen = false;
  for (const place of [...places].sort(
    (a, b) => a.row - b.row || a.column - b.column,
  )) {
    const widget = widgets.find(
      w => (w.name ?? w.node.spec.id) === place.component,
    );
    if (widget) {
      const isWide = place.width >= COLUMNS;
      if (isWide || !isOpen) {
        bands.push([]);
      }
      isOpen = !isWide;
      const band = bands[bands.length - 1];
      const stack = band.find(s => s.column === place.column);
      if (stack) {
        stack.width = Math.max(stack.width, place.width);
        stack.widgets.push(widget);
      } else {
        band.push({ ...place, widgets: [widget] });
      }
    }
  }
  return bands.map(band => band.sort((a, b) => a.column - b.column));
}

/**
 * A plain page: nothing to arrange, every widget as high as its content. On a
 * phone the stacks come below each other.
 */
export const HomeLayout = (props: HomePageLayoutProps) => (
  <Content>
    <Box component="main" sx={{ display: 'grid', gap: 2 }}>
      <Typography variant="h4" component="h1">
        What needs you now
      </Typography>
      {arrange(props).map((band, index) => (
        <Box
          key={index}
          sx={{
            display: 'grid',
            gridTemplateColumns: {
              xs: 'minmax(0, 1fr)',
              md: `repeat(${COLUMNS}, minmax(0, 1fr))`,
            },
            alignItems: 'start',
            gap: 2,
          }}
        >
          {band.map(stack => (
            <Box
              key={stack.column}
              sx={{
                gridColumn: {
                  xs: 'auto',
                  md: `span ${Math.min(stack.width, COLUMNS)}`,
                },
                display: 'grid',
                gridTemplateColumns: 'minmax(0, 1fr)',
                gap: 2,
              }}
            >
              {stack.widgets.map(widget => (
                <div key={widget.node.spec.id}>{widget.component}</div>
              ))}
            </Box>
          ))}
        </Box>
      ))}
    </Box>
  </Content>
);
