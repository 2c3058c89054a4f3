using System.CommandLine;
using System.Text.Json.Nodes;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Terminal;
using Spectre.Console;

namespace BroadcastCaptions.Cli;

/// <summary>Parses, runs, and turns every failure into one sentence, its remedy and the right exit code.</summary>
internal static class CommandRunner
{
    /// <summary>Runs a command line.</summary>
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is System.CommandLine.Invocation.ParseErrorAction) return Misused(parsed);
        try
        {
            // Ctrl-C is ours: a show has captions to finish and screens to clear before it ends.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (CaptionsException e)
        {
            return Failed(e, parsed);
        }
        catch (OperationCanceledException)
        {
            return (int)ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            Screen.Console.MarkupLineInterpolated($"[red]Something broke inside captions: {e.GetType().Name}: {e.Message}[/]");
            Screen.Console.MarkupLineInterpolated($"[grey]{e.StackTrace}[/]");
            Screen.Console.WriteLine("That is our fault. Please report it with the lines above.");
            return (int)ExitCode.Failed;
        }
    }

    private static int Misused(ParseResult parsed)
    {
        foreach (var error in parsed.Errors) Screen.Console.MarkupLineInterpolated($"[red]{error.Message}[/]");
        var path = string.Join(' ', parsed.CommandResult.Command.Parents.OfType<Command>().Select(c => c.Name).Append(parsed.CommandResult.Command.Name));
        Screen.Console.WriteLine($"'{path} --help' lists what is allowed, with examples.");
        return (int)ExitCode.Usage;
    }

    private static int Failed(CaptionsException e, ParseResult parsed)
    {
        Screen.Console.MarkupLineInterpolated($"[red]{e.Message}[/]");
        Screen.Console.MarkupLineInterpolated($"{e.Remedy}");
        if (parsed.Tokens.Any(token => token.Value == CommonOptions.JsonName))
            JsonOutput.WriteLine(new JsonObject { ["v"] = 1, ["type"] = "error", ["message"] = e.Message, ["remedy"] = e.Remedy, ["code"] = (int)e.Code });
        return (int)e.Code;
    }
}
