using System.Runtime.InteropServices;
using BroadcastCaptions.Bridge.Messages;
using BroadcastCaptions.ObsPlugin.Native;
using BroadcastCaptions.ObsPlugin.Sources;
using BroadcastCaptions.ObsPlugin.Taps;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.ObsPlugin.Tests;

/// <summary>Ten minutes of sound through the very function that OBS calls: the same structure comes back, bit for bit what it was.</summary>
public sealed unsafe class UntouchedTests : IDisposable
{
    private const int Rate = 48_000, Minutes = 10, Guard = 0x5A;

    private readonly FilterTap _tap = new(0, new TapSettings(IsOff: false, IsBypassed: false, 1, [], [], [], StartWish.ByHand));
    private readonly List<nint> _allocated = [];

    public void Dispose()
    {
        _tap.Detach();
        _tap.Dispose();
        foreach (var memory in _allocated) NativeMemory.Free((void*)memory);
    }

    /// <summary>Frames of a block: what media and sound devices deliver, and what the longest message cannot hold.</summary>
    [Theory]
    [InlineData(1024, 2)]
    [InlineData(1198, 1)]
    [InlineData(6144, 2)]
    [InlineData(9001, 8)]
    public void Buffers_are_the_same_before_and_after(int frames, int channels)
    {
        var filter = (delegate* unmanaged[Cdecl]<nint, AudioData*, AudioData*>)FilterCallbacks.Filtered;
        var speech = Speech();
        var before = new float[frames];
        var audio = Allocate(channels, frames);
        _tap.Tap.SetFormat(Rate, channels);
        _tap.Tap.ListenFor(1);
        var sent = 0L;
        for (var (at, block) = (0L, 0); at < (long)Minutes * 60 * Rate; at += frames, block++)
        {
            Fill(audio, channels, speech, at);
            audio->Timestamp = (ulong)at;
            var planes = audio->Planes;
            Assert.True(filter(_tap.Data, audio) == audio);
            Assert.Equal(((uint)frames, (ulong)at), (audio->Frames, audio->Timestamp));
            for (var channel = 0; channel < channels; channel++)
            {
                Assert.Equal(planes[channel], audio->Planes[channel]);
                Expect(before, speech, at, channel);
                Assert.True(MemoryMarshal.AsBytes(before.AsSpan()).SequenceEqual(new ReadOnlySpan<byte>((void*)planes[channel], frames * sizeof(float))));
                Assert.Equal(Guard, ((byte*)planes[channel])[frames * sizeof(float)]);
            }

            _tap.Tap.Judge(block % 50 == 49 ? OffAirReason.Muted : OffAirReason.None);
            for (; _tap.Tap.Ring.TryPeek(out var record); _tap.Tap.Ring.Skip(record)) sent += record.Frames;
        }

        Assert.InRange(sent, Minutes * 60 * Rate * 9L / 10, Minutes * 60 * Rate); // and it was heard
    }

    private AudioData* Allocate(int channels, int frames)
    {
        var audio = (AudioData*)Memory(sizeof(AudioData));
        audio->Frames = (uint)frames;
        for (var channel = 0; channel < channels; channel++) audio->Planes[channel] = Memory((frames * sizeof(float)) + 1);
        return audio;
    }

    private nint Memory(int bytes)
    {
        var memory = (byte*)NativeMemory.Alloc((nuint)bytes);
        new Span<byte>(memory, bytes).Fill(Guard);
        _allocated.Add((nint)memory);
        return (nint)memory;
    }

    private static void Fill(AudioData* audio, int channels, float[] speech, long at)
    {
        for (var channel = 0; channel < channels; channel++) Expect(new Span<float>((void*)audio->Planes[channel], (int)audio->Frames), speech, at, channel);
    }

    private static void Expect(Span<float> plane, float[] speech, long at, int channel)
    {
        for (var frame = 0; frame < plane.Length; frame++) plane[frame] = speech[(at + frame + channel) % speech.Length];
    }

    // With what no sound should hold, but buffers may.
    private static float[] Speech()
    {
        var wav = File.ReadAllBytes(SpeechSet.Kept.Single(file => file.Name == "ps_librivox_0870.wav").Path);
        float[] samples = [.. MemoryMarshal.Cast<byte, short>(wav.AsSpan(wav.AsSpan().IndexOf("data"u8) + 8)).ToArray().Select(sample => sample / 32768f)];
        float[] odd = [float.NaN, float.PositiveInfinity, float.Epsilon, -0f, 3f, BitConverter.UInt32BitsToSingle(0x7FA00001)];
        odd.CopyTo(samples, 1000);
        return samples;
    }
}
