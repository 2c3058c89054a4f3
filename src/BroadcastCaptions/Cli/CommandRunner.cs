using System.CommandLine;
using System.CommandLine.Invocation;
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
        if (parsed.Action is ParseErrorAction || parsed.Action == parsed.CommandResult.Command.Action) // not --help, --version, completion
        {
            if (Misuse.IsOnlyIncomplete(parsed)) return Helped(root, parsed.CommandResult.Command);
            if (Misuse.Of(parsed) is { Count: > 0 } faults) return Misused(faults, parsed.CommandResult.Command);
        }

        try
        {
            // Ctrl-C is ours: a show has captions to finish and screens to clear before it ends.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (CaptionsException e)
        {
            if (parsed.Tokens.Any(token => token.Value == CommonOptions.JsonName)) WriteJson(e);
            return Failed(e);
        }
        catch (OperationCanceledException)
        {
            return (int)ExitCode.Interrupted;
        }
        catch (IOException e) when (e.GetType() == typeof(IOException)) // standard output; a file that is missing is a fault of ours here, for what users name is told by its name
        {
            return Failed(new($"The output cannot be written: {e.Message.TrimEnd('.')}.", "Make room where it goes, and run it again.", inner: e));
        }
        catch (Exception e)
        {
            Screen.Console.MarkupLineInterpolated($"[red]Something broke inside captions: {e.GetType().Name}: {e.Message}[/]");
            Screen.Console.MarkupLineInterpolated($"[grey]{e.StackTrace}[/]");
            Screen.Console.WriteLine("That is our fault. Please report it with the lines above.");
            return (int)ExitCode.Failed;
        }
    }

    /// <summary>A command without the word that says what to do shows its help, where errors go: a script that forgot it should not take it for output.</summary>
    private static int Helped(RootCommand root, Command command)
    {
        string[] path = [.. Misuse.PathOf(command).Split(' ').Skip(1), "--help"];
        root.Parse(path).Invoke(new InvocationConfiguration { Output = Console.Error });
        return (int)ExitCode.Usage;
    }

    private static int Misused(IReadOnlyList<string> faults, Command command)
    {
        foreach (var fault in faults) Screen.Console.MarkupLineInterpolated($"[red]{fault}[/]");
        Screen.Console.WriteLine($"'{Misuse.PathOf(command)} --help' lists what is allowed, with examples.");
        return (int)ExitCode.Usage;
    }

    private static int Failed(CaptionsException e)
    {
        Screen.Console.MarkupLineInterpolated($"[red]{e.Message}[/]");
        Screen.Console.MarkupLineInterpolated($"{e.Remedy}");
        return (int)e.Code;
    }

    private static void WriteJson(CaptionsException e)
    {
        try
        {
            JsonOutput.WriteLine(new JsonObject { ["v"] = 1, ["type"] = "error", ["message"] = e.Message, ["remedy"] = e.Remedy, ["code"] = (int)e.Code });
        }
        catch (IOException)
        {
            // People are told on standard error, whatever becomes of standard output.
        }
    }
}
