using Spectre.Console;

namespace BroadcastCaptions.Terminal;

/// <summary>Where text for people goes: plain and unwrapped where nobody sees a terminal.</summary>
internal static class Screen
{
    /// <summary>Lines are never wrapped in files and pipes.</summary>
    private const int Unwrapped = 10_000;

    /// <summary>Progress, states and errors: standard error, so that standard output stays for data.</summary>
    public static IAnsiConsole Console { get; } = Create(System.Console.Error, System.Console.IsErrorRedirected);

    /// <summary>What was asked for: standard output.</summary>
    public static IAnsiConsole Output { get; } = Create(System.Console.Out, System.Console.IsOutputRedirected);

    /// <summary>Can a live display be drawn here?</summary>
    public static bool IsInteractive => !System.Console.IsErrorRedirected && Console.Profile.Capabilities.Ansi;

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (redirected) console.Profile.Width = Unwrapped;
        return console;
    }
}
