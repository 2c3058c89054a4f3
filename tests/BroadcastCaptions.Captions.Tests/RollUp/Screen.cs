using BroadcastCaptions.Audio;
using BroadcastCaptions.Captions.RollUp;
using BroadcastCaptions.Events;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Tests.RollUp;

/// <summary>A screen fed by a formatter, as a viewer sees it.</summary>
internal sealed class Screen
{
    private readonly RollUpFormatter _formatter;

    public Screen(int lines = 2, int columns = 20, params string[] labels)
    {
        var sources = labels.Length == 0 ? [new AudioSource("mic")] : labels.Select(label => new AudioSource(label, label)).ToArray();
        _formatter = new RollUpFormatter(new DisplayOptions { Lines = lines, Columns = columns, ClearAfter = 5 }, sources);
    }

    public RollUpFormatter Formatter => _formatter;

    public CaptionCue? Cue { get; private set; }

    public List<CaptionEvent> Events { get; } = [];

    public string Text => Cue is null ? "" : string.Join('|', Cue.Lines.Select(line => line.Text));

    public string Stable => Cue is null ? "" : string.Join('|', Cue.Lines.Select(line => line.Text[..line.StableLength]));

    public string Partial(string text, int stable = 0, long segment = 1, string source = "mic", double at = 1) =>
        Show(Say.Partial(source, segment, text, stable, at), at);

    public string Final(string text, long segment = 1, string source = "mic", double at = 1) => Show(Say.Final(source, segment, text, at), at);

    public string Show(Transcript transcript, double at)
    {
        Take(_formatter.Accept(transcript, new MediaTime(at)));
        return Text;
    }

    public void Tick(double at) => Take(_formatter.Tick(new MediaTime(at)));

    public void Clear(double at) => Take(_formatter.Clear(new MediaTime(at)));

    private void Take(IReadOnlyList<CaptionEvent> events)
    {
        foreach (var e in events)
        {
            Events.Add(e);
            Cue = e is CueEvent cue ? cue.Cue : null;
        }
    }
}
