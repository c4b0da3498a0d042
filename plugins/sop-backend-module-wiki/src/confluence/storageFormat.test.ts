import fc from 'fast-check';
import { toStorageFormat } from './storageFormat';

it.each<[string, string]>([
  ['# A & b', '<h1>A &amp; b</h1>'],
  [
    '**b** *i* ~~d~~ `c<d`',
    '<p><strong>b</strong> <em>i</em> <del>d</del> <code>c&lt;d</code></p>',
  ],
  ['- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
  ['a  \nb', '<p>a<br />\nb</p>'],
  ['---', '<hr />'],
  [
    '[x](https://a.example/?b=1&c=2 "t")',
    '<p><a href="https://a.example/?b=1&amp;c=2" title="t">x</a></p>',
  ],
  [
    'see https://a.example',
    '<p>see <a href="https://a.example">https://a.example</a></p>',
  ],
  // What would run, or leave the page, stays text.
  ['[x](javascript:alert(1))', '<p>[x](javascript:alert(1))</p>'],
  ['[x](file:///etc/passwd)', '<p>[x](file:///etc/passwd)</p>'],
  ['<script>alert(1)</script>', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'],
  [
    '<ac:structured-macro ac:name="html"/>',
    '<p>&lt;ac:structured-macro ac:name=&quot;html&quot;/&gt;</p>',
  ],
  [
    '![a"b](https://a.example/i.png)',
    '<p><ac:image ac:alt="a&quot;b"><ri:url ri:value="https://a.example/i.png" /></ac:image></p>',
  ],
  ['![local](i.png)', '<p>local</p>'],
  [
    '```ts\nif (a < b) {}\n```',
    '<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">ts</ac:parameter><ac:plain-text-body><![CDATA[if (a < b) {}]]></ac:plain-text-body></ac:structured-macro>',
  ],
  [
    '```"><x\n]]><b>\n```',
    '<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[]]]]><![CDATA[><b>]]></ac:plain-text-body></ac:structured-macro>',
  ],
])('%j becomes %s', (markdown, storage) => {
  expect(toStorageFormat(markdown)).toBe(storage);
});

it('keeps tables without styles', () => {
  const table = toStorageFormat('| a | b |\n|:--|--:|\n| 1 | 2 |');
  expect(table).toContain('<th>a</th>');
  expect(table).toContain('<td>2</td>');
  expect(table).not.toContain('style');
});

it('never writes an element that is not its own', () => {
  const ALLOWED =
    /^(p|br|hr|h[1-6]|strong|em|del|code|ul|ol|li|blockquote|a|table|thead|tbody|tr|th|td|ac:image|ri:url|ac:structured-macro|ac:parameter|ac:plain-text-body)$/;
  const piece = fc.oneof(
    fc.constantFrom(
      '<b onclick="x">',
      '<ac:link>',
      '&nbsp;',
      '```',
      ']]>',
      '"',
      '`',
      '[',
      '](',
      ')',
      '!',
      '\n',
      '- ',
      '> ',
    ),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(piece), pieces => {
      const storage = toStorageFormat(pieces.join('')).replace(
        /<!\[CDATA\[[\s\S]*?\]\]>/g,
        '',
      );
      for (const [, name] of storage.matchAll(/<\/?([^\s/>]*)/g)) {
        expect(name).toMatch(ALLOWED);
      }
    }),
    { numRuns: process.env.HANDRAIL_FULL ? 5000 : 300 },
  );
});
