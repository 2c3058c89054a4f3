using BroadcastCaptions.Captions;
using BroadcastCaptions.Events;

namespace BroadcastCaptions.Output;

/// <summary>Writes every event as a line of JSON to standard output; each line is flushed, so that a pipe sees it at once.</summary>
/// <param name="output">Standard output.</param>
/// <param name="report">Is told when it cannot be written, and when it can again: a disk that it goes to may be full.</param>
internal sealed class NdjsonSink(TextWriter output, Action<ComponentState> report) : ICaptionSink
{
    /// <summary>The component whose states tell of it.</summary>
    public const string Component = "json";

    private int _lost; // events since it could last be written

    public string Name => Component;

    public Overflow Overflow => Overflow.KeepAll;

    public async ValueTask HandleAsync(CaptionEvent captionEvent, CancellationToken cancellation)
    {
        try
        {
            // What was cut off by a full disk is not continued: it stays a line of its own.
            await output.WriteAsync($"{(_lost > 0 ? "\n" : "")}{EventJson.Write(captionEvent)}\n".AsMemory(), cancellation);
            await output.FlushAsync(cancellation);
        }
        catch (IOException e)
        {
            if (_lost++ == 0) report(new(Component, Health.Degraded, $"Standard output cannot be written: {e.Message.TrimEnd('.')}.", "Make room where it goes; writing resumes by itself."));
            return;
        }

        if (_lost == 0) return;
        var lost = _lost;
        _lost = 0;
        report(new(Component, Health.Ok, $"Writing to standard output has resumed; {lost} events were lost."));
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await output.FlushAsync();
        }
        catch (IOException)
        {
            // Said when it was written.
        }
    }
}
