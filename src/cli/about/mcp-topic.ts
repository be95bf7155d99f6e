/** What `atom help mcp` says. */
export const mcpTopic = `MCP
Servers of the Model Context Protocol lend agents their tools. A program runs in a jail with what you
declare and nothing else; another is reached over HTTP.

  npm install --ignore-scripts --prefix ~/mcp @modelcontextprotocol/server-filesystem
  atom mcp add files --read work --show ~/mcp -- \\
    node ~/mcp/node_modules/@modelcontextprotocol/server-filesystem/dist/index.js ~/atom-work
  atom mcp approve files           its tools as it names them; a yes is for exactly those
  atom mcp classify files read_text_file 1    this one only looks (3 unless you say so)
  atom mcp list                    all of them, their tools, and what waits
  atom mcp test files              start it, and say what it says of itself
  atom mcp call files read_text_file --path ~/atom-work/notes.txt     yourself, once
  atom mcp remove files            end it, and forget what you approved

  atom mcp add issues --url https://mcp.example.org/mcp \\
    --header "Authorization=Bearer mcp.issues.token"

WHAT ONE MAY TOUCH. --read or --write <jail>: files of one of your jails. --show <folder>: read-only,
such as the folder that it is installed in. --host: hosts that it may speak to. --secret
VARIABLE=mcp.files.token: a secret (atom secrets set mcp.files.token) that the program is given; this is
the one place where a program in a jail gets one, and what it does with it is its own. node means the
Node that atom runs on. Commands are words, never a line for a shell. npx and its like would fetch a
program at each start, which a jail without a network cannot: install it once. Pages of your own
network have to be in net.private (atom help net); redirects to others are not followed.

TRUST. What you approve is pinned: settings, names, descriptions, inputs. Where any of it is different
when the server is asked again, its tools are gone from all agents, it is ended, and you are asked with the
difference. What a server says of its own tools (readOnlyHint) is shown to you and believed by nobody:
each counts as a change until you classify it. To count one as less needs a second factor, where
there is one. What is pinned is what it says, not the program: you vouch for that by installing it.

What a server answers is a stranger's words. It may ask for nothing but the folders that it has: neither
a model nor you. It is started at its first use and ended after ten minutes without one, at once by
/panic, and for a call that is not heard of for a minute. One that may write is started for each call,
since while it runs nothing else can work in that folder; a tool that only looks (1) gets a jail that
it cannot write to. One that ends by itself three times is left alone until you test it.

An agent with a list of skills may use a server that the list names as mcp:files.`;
