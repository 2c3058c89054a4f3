using BroadcastCaptions.Terminal;

namespace BroadcastCaptions.Tests.Terminal;

public sealed class TolerantWriterTests
{
    [Fact]
    public void What_cannot_be_written_is_left_out_and_what_can_is_written()
    {
        using var disk = new Disk { IsFull = true };
        using var writer = new TolerantWriter(disk);
        writer.WriteLine("lost");
        writer.Write("lost");
        writer.Write('x');
        writer.Flush();
        disk.IsFull = false;
        writer.WriteLine("told");
        Assert.Equal("told" + Environment.NewLine, disk.ToString());
    }

    private sealed class Disk : StringWriter
    {
        public bool IsFull { get; set; }

        public override void Write(char value) => Write(value.ToString());

        public override void Write(string? value)
        {
            if (IsFull) throw new IOException("No space left on device.");
            base.Write(value);
        }

        public override void WriteLine(string? value) => Write(value + Environment.NewLine);

        public override void Flush()
        {
            if (IsFull) throw new IOException("No space left on device.");
        }
    }
}
