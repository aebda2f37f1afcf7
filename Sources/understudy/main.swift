import Glibc

// Everything else lives in its own file: code here would be confined to the main actor.
exit(Program.run(Array(CommandLine.arguments.dropFirst()), environment: Environment.current))
