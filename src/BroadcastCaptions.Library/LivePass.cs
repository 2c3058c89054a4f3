using System.Runtime.CompilerServices;
using System.Threading.Channels;
using BroadcastCaptions.Audio;
using BroadcastCaptions.Audio.Resampling;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Speech.Streaming;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Library;

/// <summary>Live audio's way through the recogniser: all that is there is heard, then one segment is recognised, and so on.</summary>
internal sealed class LivePass(StreamingRecognizer recognizer, DisplayOptions display, AudioFormat format)
{
    /// <summary>Blocks that are taken in ahead of the recogniser, some seconds as sound devices deliver them; then whoever gives them waits.</summary>
    private const int Ahead = 256;

    private static readonly AudioSource Source = new("live");

    private readonly Resampler _resampler = new(format);
    private readonly Stabilizer _stabilizer = new(display);
    private readonly SpeechLane _lane = recognizer.AddSource(Source);
    private readonly float[] _buffer = new float[AudioFormat.Speech.SampleRate / 10];
    private long _position;

    /// <summary>The transcripts as they come, until the audio ends.</summary>
    public async IAsyncEnumerable<Transcript> RunAsync(IAsyncEnumerable<ReadOnlyMemory<float>> blocks, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var heard = Channel.CreateBounded<float[]>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        var hearing = HearAsync(blocks, heard.Writer, stop.Token);
        try
        {
            while (await heard.Reader.WaitToReadAsync(cancellation))
            {
                AcceptAll(heard.Reader);
                // A model's pass is no work for whoever awaits us: it may be a user interface.
                while (await Task.Run(Serve, cancellation) is { } served)
                {
                    if (served.Shown is { } transcript) yield return transcript;
                    AcceptAll(heard.Reader);
                }
            }

            Finish();
            while (await Task.Run(Serve, cancellation) is { } served)
                if (served.Shown is { } transcript) yield return transcript;
        }
        finally
        {
            await stop.CancelAsync();
            await hearing;
        }
    }

    /// <summary>Takes blocks in while a segment is being recognised; they may be the caller's buffer, so they are copied.</summary>
    private static async Task HearAsync(IAsyncEnumerable<ReadOnlyMemory<float>> blocks, ChannelWriter<float[]> heard, CancellationToken cancellation)
    {
        try
        {
            await foreach (var block in blocks.WithCancellation(cancellation)) await heard.WriteAsync(block.ToArray(), cancellation);
            heard.Complete();
        }
        catch (Exception e)
        {
            heard.Complete(e);
        }
    }

    private sealed record Served(Transcript? Shown);

    private Served? Serve() => recognizer.TryServe(out var recognition) ? new(_stabilizer.Next(recognition)) : null;

    // What is there now: where sound comes faster than it is heard there would always be more.
    private void AcceptAll(ChannelReader<float[]> heard)
    {
        for (var left = heard.Count; left > 0 && heard.TryRead(out var block); left--) Accept(block);
    }

    private void Accept(ReadOnlySpan<float> block)
    {
        while (block.Length >= format.Channels)
        {
            block = block[(_resampler.Write(block) * format.Channels)..];
            Drain();
        }
    }

    private void Finish()
    {
        _resampler.Complete();
        Drain();
        _lane.Close(At(_position));
    }

    private void Drain()
    {
        for (var count = _resampler.Read(_buffer); count > 0; count = _resampler.Read(_buffer))
        {
            _lane.Accept(new AudioFrame(At(_position), AudioFormat.Speech, _buffer.AsSpan(0, count)));
            _position += count;
        }
    }

    private static MediaTime At(long position) => MediaTime.FromSamples(position, AudioFormat.Speech.SampleRate);
}
