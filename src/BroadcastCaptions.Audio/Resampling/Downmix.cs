namespace BroadcastCaptions.Audio.Resampling;

/// <summary>Interleaved channels to mono: their mean, so that nothing clips and a constant stays what it was.</summary>
internal static class Downmix
{
    /// <summary>
    /// Mixes <paramref name="interleaved"/> into <paramref name="mono"/>. What is no number (a broken file's NaN or infinity)
    /// becomes 0: one such sample would silence every output that sees it.
    /// </summary>
    public static void ToMono(ReadOnlySpan<float> interleaved, int channels, Span<float> mono)
    {
        if (channels == 1)
        {
            for (var i = 0; i < mono.Length; i++) mono[i] = Finite(interleaved[i]);
            return;
        }

        var share = 1f / channels;
        for (var i = 0; i < mono.Length; i++)
        {
            var sum = 0f;
            foreach (var sample in interleaved.Slice(i * channels, channels)) sum += sample;
            mono[i] = Finite(sum * share);
        }
    }

    private static float Finite(float sample) => float.IsFinite(sample) ? sample : 0;
}
