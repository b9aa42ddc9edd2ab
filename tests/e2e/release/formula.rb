# Reads a formula as Homebrew does, as far as it says where things are: formula.rb FORMULA. Each address has to be of a file beside it, with its checksum.
require "digest"

class Formula
  def self.held
    @held ||= []
  end

  def self.url(address)
    held << [address]
  end

  def self.sha256(digest)
    held.last << digest
  end

  def self.desc(text)
    abort "the description is longer than 80 characters" if text.length > 80
  end

  %i[homepage license].each { |name| define_singleton_method(name) { |*| } }
  def self.test; end
  %i[on_macos on_linux on_arm on_intel].each { |name| define_singleton_method(name) { |&block| block.call } }
end

load ARGV[0]
abort "the formula names #{Changegate.held.length} archives, and not four" unless Changegate.held.uniq.length == 4
Changegate.held.each do |address, digest|
  file = File.join(File.dirname(ARGV[0]), File.basename(address))
  abort "#{address}: its checksum is another one" unless Digest::SHA256.file(file).hexdigest == digest
end
