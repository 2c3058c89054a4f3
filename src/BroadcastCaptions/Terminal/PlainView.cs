using BroadcastCaptions.Captions;
using BroadcastCaptions.Events;

namespace BroadcastCaptions.Terminal;

/// <summary>The view where there is no terminal: finals and changes of state, a line each, on standard error.</summary>
internal sealed class PlainView(TextWriter output, bool showWords) : ICaptionSink
{
    public string Name => "terminal";

    public Overflow Overflow => Overflow.LatestWins;

    public ValueTask HandleAsync(CaptionEvent captionEvent, CancellationToken cancellation)
    {
        if (captionEvent is StateEvent { State: var state }) output.WriteLine(StateText.Line(state));
        else if (showWords && captionEvent is TranscriptEvent { Transcript: { IsFinal: true, Words.Count: > 0 } final })
            output.WriteLine($"{TimeSpan.FromSeconds(final.Start.Seconds):h\\:mm\\:ss}  {final.AsRecognized().Text}");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
