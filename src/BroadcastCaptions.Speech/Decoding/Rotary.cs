namespace BroadcastCaptions.Speech.Decoding;

/// <summary>Turns pairs of a head's numbers by angles that grow with the position: how attention knows what stands where.</summary>
internal sealed class Rotary
{
    private readonly float[] _frequencies;
    private float[] _cosines = [];
    private float[] _sines = [];

    /// <summary>Angles a position.</summary>
    public Rotary(ReadOnlySpan<float> frequencies) => _frequencies = frequencies.ToArray();

    /// <summary>Makes sure that positions below <paramref name="positions"/> are tabulated.</summary>
    public void MakeRoom(int positions)
    {
        var known = _cosines.Length / _frequencies.Length;
        if (known >= positions) return;
        Array.Resize(ref _cosines, positions * _frequencies.Length);
        Array.Resize(ref _sines, positions * _frequencies.Length);
        for (var i = known * _frequencies.Length; i < _cosines.Length; i++)
            (_sines[i], _cosines[i]) = Angle(i);
    }

    /// <summary>Turns the heads of a vector.</summary>
    /// <param name="vector">[heads, head size].</param>
    /// <param name="size">Of a head.</param>
    /// <param name="position">Where it stands.</param>
    public void Turn(Span<float> vector, int size, int position)
    {
        var cosines = _cosines.AsSpan(position * _frequencies.Length, _frequencies.Length);
        var sines = _sines.AsSpan(position * _frequencies.Length, _frequencies.Length);
        for (; !vector.IsEmpty; vector = vector[size..])
            for (var i = 0; i < cosines.Length; i++)
            {
                var (even, odd) = (vector[2 * i], vector[(2 * i) + 1]);
                vector[2 * i] = (even * cosines[i]) - (odd * sines[i]);
                vector[(2 * i) + 1] = (odd * cosines[i]) + (even * sines[i]);
            }
    }

    private (float Sine, float Cosine) Angle(int i)
    {
        var (sine, cosine) = Math.SinCos((double)(i / _frequencies.Length) * _frequencies[i % _frequencies.Length]);
        return ((float)sine, (float)cosine);
    }
}
