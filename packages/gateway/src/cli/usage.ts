// What can be asked of the command line, in the order in which somebody new will want it.

export const usage = `sluice: keys, plans, limits, credits and one error envelope, in front of any HTTP API

  sluice init                 asks a few questions, and writes a configuration that works
  sluice serve                serves the configuration of this folder
  sluice reload               makes a gate that serves read its configuration anew
  sluice validate             says what is wrong with the configuration, or what it lets through
  sluice generate python <contract>
                              one Python file that handles every refusal: the contract's file, or a configuration
  sluice docs <contract>      a site for callers: a page for every code, for people and for programs
  sluice demo                 serves two real APIs to try out

  --config <file or folder>   the configuration, for serve, reload and validate [default: this folder]
  --out <file or folder>      where generate writes, and docs          [standard output; docs-site]
  --base <path>               where the site will be found on its host [the path of about.docs]

  init also takes its answers as options, and then asks for the others only:
  --upstream <url>            where your API listens                       [http://127.0.0.1:9000]
  --openapi <file>            its OpenAPI file, if it has one              [none: every path passes]
  --envelope <name>           nested, flat or problem                      [nested]
  --prefix <text>             what its keys start with                     [the folder's name]
  --plan <name>               the first plan                               [free]
  --limit <number>            requests a minute for each key               [60]
  --yes                       asks nothing, and takes what stands in brackets
  --force                     replaces a configuration that is there; docs: writes beside other files

  -h, --help                  this
  -v, --version

Ctrl-C and SIGTERM finish what is under way, and stop; SIGHUP does what reload does.
`;
