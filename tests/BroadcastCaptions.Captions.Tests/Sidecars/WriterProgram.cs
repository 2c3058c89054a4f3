using BroadcastCaptions.Audio;
using BroadcastCaptions.Captions.Sidecars;
using BroadcastCaptions.Events;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Tests.Sidecars;

/// <summary>A show that never ends, for the kill test: writes sidecars as fast as it can and says each final that is written.</summary>
internal static class WriterProgram
{
    public static async Task Main(string[] arguments)
    {
        var clock = new MediaClock(TimeProvider.System);
        var files = new SidecarFiles(clock, [new AudioSource("mic")], new Counters(), _ => { });
        var sinks = files.Open(new SidecarOptions { Srt = arguments[0] + ".srt", Vtt = arguments[0] + ".vtt", Txt = arguments[0] + ".txt" });
        for (var segment = 1; ; segment++)
        {
            var start = segment * 0.7;
            var final = new TranscriptEvent(new MediaTime(start + 1), Say.Final("mic", segment, $"Final {segment}.", start));
            foreach (var sink in sinks) await sink.HandleAsync(final, CancellationToken.None);
            await Console.Out.WriteLineAsync($"{segment}");
        }
    }
}
