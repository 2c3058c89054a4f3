using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Bench.Files;

/// <summary>A recording of any length: the evaluation set's files one after the other, again and again.</summary>
internal static class LongRecording
{
    private const int Rate = 16_000;
    private const int HeaderBytes = 44;

    /// <summary>Writes it as 16 kHz mono WAV; never holds more than a file of the set.</summary>
    public static async Task WriteAsync(string path, TimeSpan length, CancellationToken cancellation)
    {
        var files = SpeechSet.Evaluation.Count > 0 ? SpeechSet.Evaluation : SpeechSet.Kept;
        var left = (long)(length.TotalSeconds * Rate) * 2;
        await WavFile.WriteAsync(path, ReadOnlyMemory<float>.Empty, Rate);
        await using var wav = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        wav.Position = HeaderBytes;
        using var folder = new TemporaryFolder();
        for (var i = 0; left > 0; i++)
        {
            var one = folder[$"{i % files.Count}.wav"];
            if (!File.Exists(one)) await Ffmpeg.ToWavAsync(files[i % files.Count].Path, one);
            var bytes = await File.ReadAllBytesAsync(one, cancellation);
            var data = bytes.AsMemory(bytes.AsSpan().IndexOf("data"u8) + 8);
            var taken = (int)Math.Min(left, data.Length);
            await wav.WriteAsync(data[..taken], cancellation);
            left -= taken;
        }

        await SetSizesAsync(wav, cancellation);
    }

    private static async Task SetSizesAsync(FileStream wav, CancellationToken cancellation)
    {
        wav.Position = 4;
        await wav.WriteAsync(BitConverter.GetBytes((uint)(wav.Length - 8)), cancellation);
        wav.Position = HeaderBytes - 4;
        await wav.WriteAsync(BitConverter.GetBytes((uint)(wav.Length - HeaderBytes)), cancellation);
    }
}
