using System.Globalization;
using BroadcastCaptions.Audio;
using BroadcastCaptions.Captions;
using BroadcastCaptions.Events;
using BroadcastCaptions.Pipeline;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BroadcastCaptions.Terminal;

/// <summary>Lays out the lower part of the terminal view.</summary>
/// <param name="lines">Lines of the visible block; the panel keeps that height, so that nothing jumps.</param>
internal sealed class StatusPanel(int lines)
{
    private const int MeterWidth = 20;
    private const int FrameLines = 2, FrameColumns = 4;
    private const double MeterFloorDb = -60;

    /// <summary>Draws one state of the session: in a small window captions first, then as much of the rest as there is room for.</summary>
    /// <param name="status">The session.</param>
    /// <param name="block">What viewers see.</param>
    /// <param name="states">Its parts.</param>
    /// <param name="width">Columns of the window.</param>
    /// <param name="height">Lines that may be drawn on.</param>
    public IRenderable Render(SessionStatus status, CaptionCue? block, IReadOnlyDictionary<string, ComponentState> states, int width, int height)
    {
        var captions = Block(block);
        var framed = captions.Split('\n').Sum(line => Height(line, width - FrameColumns)) + FrameLines;
        if (framed > height) return new Markup(captions);
        var rows = new List<IRenderable>
        {
            new Panel(new Markup(captions))
            {
                Header = new PanelHeader($" {status.Title} · {Markup.Escape(status.Model)}{(status.Paused ? " · [yellow]paused[/]" : "")} "),
                Border = BoxBorder.Rounded,
                Expand = true,
            },
        };
        var room = height - framed;
        foreach (var row in Below(status, states))
        {
            room -= Height(row, width);
            if (room < 0) break;
            rows.Add(new Markup(row));
        }

        return new Rows(rows);
    }

    /// <summary>What stands below the captions, the more important first.</summary>
    private static IEnumerable<string> Below(SessionStatus status, IReadOnlyDictionary<string, ComponentState> states) =>
    [
        .. status.Lanes.Select(Lane),
        Footer(status, states),
        $"[grey]{FiguresText.Line(status.Figures)}[/]",
        "[grey]p[/] pause  [grey]c[/] clear the screen  [grey]o[/] try OBS again  [grey]q[/] quit",
    ];

    private static int Height(string markup, int width) => Math.Max(1, (Markup.Remove(markup).GetCellWidth() + width - 1) / Math.Max(1, width));

    private string Block(CaptionCue? cue)
    {
        var shown = cue?.Lines.Select(Line).ToList() ?? [];
        while (shown.Count < lines) shown.Add("");
        return string.Join('\n', shown);
    }

    private static string Line(CaptionLine line)
    {
        var stable = Math.Clamp(line.StableLength, 0, line.Text.Length);
        return $"[bold]{Markup.Escape(line.Text[..stable])}[/][dim]{Markup.Escape(line.Text[stable..])}[/]";
    }

    private static string Lane(LaneStatus lane)
    {
        var name = Markup.Escape(lane.Source.Label.Length > 0 ? lane.Source.Label : lane.Source.Id);
        if (lane.Tap.State != TapState.Running) return $"{name}  [yellow]{Markup.Escape(lane.Tap.Detail)}[/]";
        var air = lane.OnAir ? "" : $"  [yellow]off air: {Markup.Escape(lane.OffAirReason)}[/]";
        var silent = lane.DigitalSilence >= 10 ? "  [yellow]no signal: digital silence[/]" : "";
        var length = lane.Tap.TotalSeconds is { } total ? $" / {TimeSpan.FromSeconds(total):m\\:ss}" : "";
        return $"{name}  {Meter(lane.LevelDb)}  {TimeSpan.FromSeconds(lane.Position):h\\:mm\\:ss}{length}{air}{silent}";
    }

    private static string Meter(double level)
    {
        var filled = (int)Math.Round(Math.Clamp((level - MeterFloorDb) / -MeterFloorDb, 0, 1) * MeterWidth);
        var colour = level > -3 ? "red" : level > -12 ? "yellow" : "green";
        return $"[{colour}]{new string('━', filled)}[/][grey]{new string('━', MeterWidth - filled)}[/] {level.ToString("0", CultureInfo.InvariantCulture),3} dB";
    }

    private static string Footer(SessionStatus status, IReadOnlyDictionary<string, ComponentState> states)
    {
        var latency = status.Figures.Emission is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s behind speech") : "no words yet";
        var obs = states.TryGetValue("obs", out var state)
            ? $"[{(state.Health == Health.Ok ? "green" : "yellow")}]●[/] {Markup.Escape(state.Detail)}"
            : "[grey]○ OBS off[/]";
        var drops = status.Drops > 0 ? $" · [yellow]{status.Drops} dropped[/]" : "";
        var mended = status.Mended > 0 ? $" · {status.Mended} bad answers mended" : "";
        return $"{latency} · {obs}{drops}{mended}";
    }
}
