using BroadcastCaptions.Captions;
using BroadcastCaptions.Events;

namespace BroadcastCaptions.Output;

/// <summary>Writes every event as a line of JSON to standard output; each line is flushed, so that a pipe sees it at once.</summary>
internal sealed class NdjsonSink(TextWriter output) : ICaptionSink
{
    public string Name => "json";

    public Overflow Overflow => Overflow.KeepAll;

    public async ValueTask HandleAsync(CaptionEvent captionEvent, CancellationToken cancellation)
    {
        await output.WriteAsync((EventJson.Write(captionEvent) + "\n").AsMemory(), cancellation);
        await output.FlushAsync(cancellation);
    }

    public async ValueTask DisposeAsync() => await output.FlushAsync();
}
