using BroadcastCaptions.ObsPlugin.Native;

namespace BroadcastCaptions.ObsPlugin.Tests;

/// <summary>Every length and place is copied, and nothing beside it.</summary>
public sealed unsafe class StreamingCopyTests
{
    private const byte Untouched = 0xEE;

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(15)]
    [InlineData(16)]
    public void The_bytes_arrive_and_their_neighbours_stay(int offset)
    {
        var from = Enumerable.Range(1, 200).Select(n => (byte)n).ToArray();
        for (var length = 0; length <= from.Length; length++)
        {
            var to = GC.AllocateArray<byte>(from.Length + 64, pinned: true);
            Array.Fill(to, Untouched);
            fixed (byte* source = from, destination = to)
            {
                var aligned = destination + ((16 - ((nint)destination % 16)) % 16) + offset;
                StreamingCopy.Copy(source, aligned, length);
                StreamingCopy.Finish();
                var at = (int)(aligned - destination);
                Assert.Equal(from[..length], to[at..(at + length)]);
                Assert.All(to[..at], value => Assert.Equal(Untouched, value));
                Assert.All(to[(at + length)..], value => Assert.Equal(Untouched, value));
            }
        }
    }
}
