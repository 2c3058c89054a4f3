using BroadcastCaptions.Captions;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Terminal;
using BroadcastCaptions.Time;
using Spectre.Console;

namespace BroadcastCaptions.Tests.Terminal;

public sealed class StatusPanelTests
{
    private const string Keys = "quit";

    private static readonly CaptionCue Block = new(1, 1, new MediaTime(0), new MediaTime(1), [new("the captions that", "mic", 3), new("viewers read", "mic", 0)]);

    [Theory]
    [InlineData(2, 80, false)]
    [InlineData(3, 80, false)]
    [InlineData(5, 80, false)]
    [InlineData(7, 80, true)]
    [InlineData(24, 80, true)]
    [InlineData(7, 40, false)]
    [InlineData(8, 40, true)]
    public void In_a_small_window_captions_come_before_all_else(int height, int width, bool hasKeys)
    {
        var drawn = Draw(width, height);
        Assert.InRange(drawn.Length, 2, height);
        Assert.Contains(drawn, line => line.Contains("the captions that", StringComparison.Ordinal));
        Assert.Contains(drawn, line => line.Contains("viewers read", StringComparison.Ordinal));
        Assert.Equal(hasKeys, drawn.Any(line => line.Contains(Keys, StringComparison.Ordinal)));
    }

    private static string[] Draw(int width, int height)
    {
        var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;
        var status = new SessionStatus("live", "moonshine-tiny", [], Paused: false, new LiveFigures(), Drops: 0, Mended: 0);
        console.Write(new StatusPanel(lines: 2).Render(status, Block, new Dictionary<string, Events.ComponentState>(), width, height));
        return text.ToString().TrimEnd('\n').Split('\n');
    }
}
