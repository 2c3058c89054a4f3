using BroadcastCaptions.Captions;
using BroadcastCaptions.Events;
using Spectre.Console;
using Overflow = BroadcastCaptions.Captions.Overflow;

namespace BroadcastCaptions.Terminal;

/// <summary>
/// The view in a terminal: finals scroll above, and below them stand the visible block (what may still change is dimmed),
/// level, latency, the state of OBS, and the keys. Redrawn ten times a second on its own thread.
/// </summary>
internal sealed class TerminalView : ICaptionSink
{
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(100);

    private readonly IAnsiConsole _console;
    private readonly StatusPanel _panel;
    private readonly Func<SessionStatus> _status;
    private readonly Queue<string> _scroll = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _drawing;
    private readonly Dictionary<string, ComponentState> _states = [];
    private readonly Dictionary<string, string?> _colours = [];
    private CaptionCue? _block;

    public TerminalView(IAnsiConsole console, Func<SessionStatus> status, int lines)
    {
        _console = console;
        _status = status;
        _panel = new StatusPanel(lines);
        _drawing = Task.Run(DrawAsync);
    }

    public string Name => "terminal";

    public Overflow Overflow => Overflow.LatestWins;

    public ValueTask HandleAsync(CaptionEvent captionEvent, CancellationToken cancellation)
    {
        lock (_scroll)
        {
            switch (captionEvent)
            {
                case TranscriptEvent { Transcript: { IsFinal: true, Words.Count: > 0 } final }:
                    _scroll.Enqueue($"[grey]{TimeSpan.FromSeconds(final.Start.Seconds):h\\:mm\\:ss}[/]  {Coloured(final.Source, Markup.Escape(final.AsRecognized().Text))}");
                    break;
                case CueEvent { Cue: var cue }:
                    _block = cue;
                    break;
                case RetractEvent or ClearEvent:
                    _block = null;
                    break;
                case SourceEvent { Source: var source }:
                    _colours[source.Id] = source.Colour;
                    break;
                case StateEvent { State: var state }:
                    Note(state);
                    break;
            }
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _drawing;
        _stop.Dispose();
    }

    private string Coloured(string source, string markup) => _colours.GetValueOrDefault(source) is { } colour ? $"[{colour}]{markup}[/]" : markup;

    /// <summary>Good news of OBS and taps stands in the panel; only what needs attention scrolls.</summary>
    private void Note(ComponentState state)
    {
        var known = _states.GetValueOrDefault(state.Component);
        _states[state.Component] = state;
        if (state.Health == Health.Ok && known is null) return;
        var colour = state.Health switch { Health.Ok => "green", Health.Waiting => "grey", Health.Degraded => "yellow", _ => "red" };
        _scroll.Enqueue($"[{colour}]{Markup.Escape(StateText.Line(state))}[/]");
    }

    private Task DrawAsync() => _console.Live(new Text("")).AutoClear(true).StartAsync(async live =>
    {
        while (!_stop.IsCancellationRequested)
        {
            TryDraw(live);
            await Task.Delay(RedrawEvery, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        TryDraw(live);
    });

    private void TryDraw(LiveDisplayContext live)
    {
        try
        {
            Draw(live);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or ArgumentException)
        {
            // A terminal that goes, or changes its size while it is drawn on, costs this drawing: the next one is due soon, and the show goes on.
        }
    }

    private void Draw(LiveDisplayContext live)
    {
        var status = _status();
        lock (_scroll)
        {
            while (_scroll.TryDequeue(out var line)) WriteAbove(line);
            live.UpdateTarget(_panel.Render(status, _block, _states, _console.Profile.Width, _console.Profile.Height - 1));
        }

        live.Refresh();
    }

    /// <summary>A line above the live part takes the place of what was drawn there: blanks must cover it to the edge.</summary>
    private void WriteAbove(string markup)
    {
        var width = Math.Max(1, _console.Profile.Width);
        var columns = Markup.Remove(markup).GetCellWidth();
        _console.MarkupLine(markup + new string(' ', ((columns + width - 1) / width * width) - columns));
    }
}
