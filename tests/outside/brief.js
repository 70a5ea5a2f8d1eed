// Runs the script of brief.yml, which lies in the working directory, with a GitHub that only remembers comments.
const assert = require('assert');
const fs = require('fs');

const own = { id: 1 };
const fork = { id: 2 };
const pulls = [
  { number: 7, head: { sha: 'abc', ref: 'other', repo: own } },
  { number: 8, head: { sha: 'abc', ref: 'change', repo: own } },
  { number: 9, head: { sha: 'abc', ref: 'change', repo: fork } },
];
let comments = [];

const rest = {
  pulls: { list: () => pulls },
  issues: {
    listComments: ({ issue_number }) => comments.filter((one) => one.number === issue_number),
    createComment: ({ issue_number, body }) =>
      comments.push({ id: comments.length + 1, number: issue_number, user: { type: 'Bot' }, body }),
    updateComment: ({ comment_id, body }) => Object.assign(comments.find((one) => one.id === comment_id), { body }),
    deleteComment: ({ comment_id }) => (comments = comments.filter((one) => one.id !== comment_id)),
  },
};
const github = { rest, paginate: async (list, how) => list(how) };
const AsyncFunction = (async () => {}).constructor;
const script = new AsyncFunction('github', 'context', 'core', 'require', fs.readFileSync('script.js', 'utf8'));

/** What stands below each pull request once a run has handed on a text, or what lies there already. */
async function told(text, head_repository, head_branch = 'change') {
  fs.mkdirSync('brief', { recursive: true });
  if (text !== undefined) fs.writeFileSync('brief/brief.md', text);
  const workflow_run = {
    head_sha: 'abc', head_branch, head_repository, repository: own, html_url: 'https://git.example.org/run',
  };
  await script(github, { repo: {}, payload: { workflow_run } }, { info: () => {} }, require);
  return comments.map((one) => [one.number, one.body]);
}

(async () => {
  const marker = '<!-- lmnet-diff -->\n';
  assert.deepStrictEqual(await told('', own), []);
  assert.deepStrictEqual(await told('**A**\n', own, 'gone'), []);
  assert.deepStrictEqual(await told('**A**\n', own), [[8, marker + '**A**']]);
  assert.deepStrictEqual(await told('**B**\n', own), [[8, marker + '**B**']]);
  assert.deepStrictEqual(await told('\n', own), []);

  const nasty = '@all\n```\n@all\n````x';
  assert.deepStrictEqual(await told(nasty, fork), [[9, `${marker}\`\`\`\`\`\n${nasty}\n\`\`\`\`\``]]);
  await told('', fork);

  const link = '\n\n[…](https://git.example.org/run)';
  const [[, long]] = await told('line of æ\n'.repeat(10000), own);
  assert(long.length < 65536 && long.endsWith(`\nline of æ${link}`), long.slice(-60));
  const [, [, fenced]] = await told('line of æ\n'.repeat(10000), fork);
  assert(fenced.length < 65536 && fenced.endsWith(`\nline of æ\n\`\`\`${link}`), fenced.slice(-60));
  comments = [];
  assert.deepStrictEqual(await told('x'.repeat(100000), own), [[8, marker + link]]);

  // What is no file is not read.
  comments = [];
  fs.writeFileSync('secret', 'secret');
  fs.rmSync('brief/brief.md');
  fs.symlinkSync('../secret', 'brief/brief.md');
  assert.deepStrictEqual(await told(undefined, own), []);
})();
