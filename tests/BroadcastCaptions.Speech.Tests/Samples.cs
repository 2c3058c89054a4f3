using System.Runtime.InteropServices;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Speech.Tests;

/// <summary>Recordings as samples: 16 kHz mono.</summary>
internal static class Samples
{
    /// <summary>WAV by ourselves, so that the kept recordings need no FFmpeg; else FFmpeg.</summary>
    public static async Task<float[]> OfAsync(SpeechFile file) =>
        file.Path.EndsWith(".wav", StringComparison.Ordinal) ? Wav(await File.ReadAllBytesAsync(file.Path)) : await Ffmpeg.SamplesAsync(file.Path);

    public static Task<float[]> OfAsync(string keptName) => OfAsync(SpeechSet.Kept.Single(file => file.Name == keptName));

    private static float[] Wav(byte[] bytes)
    {
        var data = bytes.AsSpan().IndexOf("data"u8) + 8;
        var integers = MemoryMarshal.Cast<byte, short>(bytes.AsSpan(data));
        var samples = new float[integers.Length];
        for (var i = 0; i < samples.Length; i++) samples[i] = integers[i] / 32_768f;
        return samples;
    }
}
